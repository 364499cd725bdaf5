// Holds the jobs that wait and decides how many workers there are: one more where too many wait, one less where a worker asks in vain.
type Job = { id: string; ms: number }
type Limits = { most: number; waitingEach: number }
type Counts = { active: number }
type Self = {
  /** `hands`: what each worker has been given and not finished. */
  state: { limits: Limits; waiting: Job[]; hands: Record<string, Job>; next: number; done: number; shown: number }
  use: {
    team: {
      startChild(child: { id: string; args: { id: string } }): Promise<{ outcome: string }>
      terminateChild(child: { id: string }): Promise<object>
      countChildren(none: object): Promise<Counts>
    }
    screen: { show(pool: { workers: number; waiting: number; done: number }): Promise<null> }
  }
  after(ms: number, operation: string, input: unknown): unknown
  log: { warn(text: string): void }
}
/** What a failed call throws. */
type CallError = { code: string }

export function init(self: Self, limits: Limits): void {
  self.state = { limits, waiting: [], hands: {}, next: 1, done: 0, shown: 0 }
}

export const Queue = {
  async put(job: Job, self: Self): Promise<null> {
    self.state.waiting.push(job)
    await growIfNeeded(self)
    return null
  },

  /** A worker that was started again after a crash gets the job that it had in hand. */
  async take({ worker }: { worker: string }, self: Self): Promise<{ job: Job | null }> {
    const { hands, waiting } = self.state
    const job = inHand(self, worker) ?? waiting.shift() ?? null
    if (job) hands[worker] = job
    // Not before it has its answer: a worker that is being stopped could not take it.
    else self.after(0, 'release', { worker })
    return { job }
  },

  async done({ worker }: { worker: string }, self: Self): Promise<null> {
    if (!inHand(self, worker)) return null
    delete self.state.hands[worker]
    self.state.done += 1
    return null
  },

  /** What came in meanwhile is for the worker after all: it asks again. */
  async release({ worker }: { worker: string }, self: Self): Promise<null> {
    if (self.state.waiting.length > 0 || inHand(self, worker)) return null
    await self.use.team.terminateChild({ id: worker }).catch((error: CallError) => {
      if (error.code !== 'NotFound') throw error
    })
    await show(self)
    return null
  },
}

/** A worker may be called like a word that every object knows. */
function inHand({ state }: Self, worker: string): Job | undefined {
  return Object.hasOwn(state.hands, worker) ? state.hands[worker] : undefined
}

async function growIfNeeded(self: Self): Promise<void> {
  const { limits, waiting } = self.state
  const { active } = await self.use.team.countChildren({})
  if (active >= limits.most || waiting.length <= active * limits.waitingEach) return
  const id = `worker-${self.state.next}`
  self.state.next += 1
  try {
    await self.use.team.startChild({ id, args: { id } })
  } catch (error) {
    // A queue that was started again counts from 1: that one is at work already.
    if ((error as CallError).code !== 'AlreadyStarted') self.log.warn(`${id}: ${(error as CallError).code}`)
  }
  await show(self)
}

/** Said where the number of workers has changed. */
async function show(self: Self): Promise<void> {
  const { active } = await self.use.team.countChildren({})
  if (active === self.state.shown) return
  self.state.shown = active
  await self.use.screen.show({ workers: active, waiting: self.state.waiting.length, done: self.state.done })
}

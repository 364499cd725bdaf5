// One of the pool: asks the queue for a job, takes its time over it, says that it is done, asks again.
type Job = { id: string; ms: number }
type Self = {
  /** `id`: how the queue knows it. `timer`: what it does next; there is one of these, however often it is told. */
  state: { id: string; timer?: unknown }
  use: { queue: { take(asked: { worker: string }): Promise<{ job: Job | null }>; done(said: { worker: string }): Promise<null> } }
  after(ms: number, operation: string, input: unknown): unknown
  cancel(timer: unknown): void
}

/** Whoever asks without getting anything is likely to be stopped before it would ask again. */
const ASK_AGAIN_MS = 250

/** The queue is waiting for this start, so it is asked only afterwards. */
export function init(self: Self, { id }: { id: string }): void {
  if (typeof id !== 'string' || id === '') throw new Error('a worker has an id')
  self.state = { id }
  later(self, 0, 'next')
}

export const Work = {
  async next(_: object, self: Self): Promise<null> {
    const { job } = await self.use.queue.take({ worker: self.state.id })
    if (job) later(self, job.ms, 'finish')
    else later(self, ASK_AGAIN_MS, 'next')
    return null
  },

  async finish(_: object, self: Self): Promise<null> {
    await self.use.queue.done({ worker: self.state.id })
    later(self, 0, 'next')
    return null
  },
}

function later(self: Self, ms: number, operation: 'next' | 'finish'): void {
  if (self.state.timer !== undefined) self.cancel(self.state.timer)
  self.state.timer = self.after(ms, operation, {})
}

// One of the pool: asks the queue for a job, takes its time over it, says that it is done, asks again.
type Job = { id: string; ms: number }
type Self = {
  /** `id`: how the queue knows it. */
  state: { id: string }
  use: { queue: { take(asked: { worker: string }): Promise<{ job: Job | null }>; done(said: { worker: string }): Promise<null> } }
  after(ms: number, operation: string, input: unknown): unknown
}

/** Whoever asks without getting anything is likely to be stopped before it would ask again. */
const ASK_AGAIN_MS = 250

/** The queue is waiting for this start, so it is asked only afterwards. */
export function init(self: Self, { id }: { id: string }): void {
  self.state = { id }
  self.after(0, 'next', {})
}

export const Work = {
  async next(_: object, self: Self): Promise<null> {
    const { job } = await self.use.queue.take({ worker: self.state.id })
    if (job) self.after(job.ms, 'finish', {})
    else self.after(ASK_AGAIN_MS, 'next', {})
    return null
  },

  async finish(_: object, self: Self): Promise<null> {
    await self.use.queue.done({ worker: self.state.id })
    self.after(0, 'next', {})
    return null
  },
}

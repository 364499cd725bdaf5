// Asks the model what a ticket is about, and the specialist for an answer. One ticket at a time: a specialist that crashes takes
// one ticket along and no other.
import { isTopic, type Ticket, type Topic } from './ticket'

type Specialist = { answer(ticket: Ticket): Promise<{ text: string }> }
type Counts = Record<Topic, number>
type Self = {
  /** How many tickets of each topic were answered. */
  state: Counts
  use: Record<Topic, Specialist> & {
    llm: { complete(request: { prompt: string }): Promise<{ text: string }> }
    answers: { write(answer: { ticket: string; topic: Topic; text: string }): Promise<null> }
    screen: { show(day: Counts & { tickets: number }): Promise<null> }
  }
  log: { warn(text: string): void }
  error(name: string, data: unknown): Error
}
/** What a failed call throws. */
type CallError = { code: string; message: string }

export function init(self: Self): void {
  self.state = { billing: 0, technical: 0, general: 0 }
}

export const Triage = {
  async handle(ticket: Ticket, self: Self): Promise<{ topic: Topic }> {
    const topic = await findTopic(ticket, self)
    const text = await askSpecialist(topic, ticket, self)
    await self.use.answers.write({ ticket: ticket.id, topic, text })
    self.state[topic] += 1
    return { topic }
  },

  async close({ items }: { items: number }, self: Self): Promise<null> {
    await self.use.screen.show({ tickets: items, ...self.state })
    return null
  },
}

async function findTopic(ticket: Ticket, self: Self): Promise<Topic> {
  const { text } = await self.use.llm.complete({ prompt: `What is this ticket about, billing, technical or general? ${ticket.text}` })
  const word = text.trim()
  // A model may answer anything; what is no topic of ours is general.
  return isTopic(word) ? word : 'general'
}

async function askSpecialist(topic: Topic, ticket: Ticket, self: Self): Promise<string> {
  try {
    return (await self.use[topic].answer(ticket)).text
  } catch (error) {
    const { code } = error as CallError
    self.log.warn(`ticket ${ticket.id}: ${topic} did not answer (${code})`)
    throw self.error('Unanswered', { ticket: ticket.id, topic, why: code })
  }
}

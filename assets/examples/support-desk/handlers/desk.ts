// Asks the model what a ticket is about, and the specialist for an answer. One ticket at a time: a specialist that crashes takes
// one ticket along and no other.
type Ticket = { id: string; from: string; text: string }
const TOPICS = ['billing', 'technical', 'general']

export async function init(self: any) {
  self.state = { billing: 0, technical: 0, general: 0 }
}

export const Triage = {
  async handle(ticket: Ticket, self: any) {
    const { text } = await self.use.llm.complete({ prompt: `What is this ticket about, billing, technical or general? ${ticket.text}` })
    // A model may answer anything; what is no topic of ours is general.
    const topic = TOPICS.includes(text.trim()) ? text.trim() : 'general'
    let answer
    try {
      answer = await self.use[topic].answer(ticket)
    } catch (error: any) {
      self.log.warn(`ticket ${ticket.id}: ${topic} did not answer (${error.code})`)
      throw self.error('Unanswered', { ticket: ticket.id, topic, why: error.code })
    }
    await self.use.answers.write({ ticket: ticket.id, topic, text: answer.text })
    self.state[topic] += 1
    return { topic }
  },

  async close({ items }: { items: number }, self: any): Promise<null> {
    await self.use.screen.show({ tickets: items, ...self.state })
    return null
  },
}

// Answers tickets of one topic, from its arguments. It takes for granted that a ticket has words: one without is its undoing, and
// its supervisor's business.
import type { Ticket, Topic } from './ticket'

type Self = { state: { topic: Topic } }

const ANSWERS: Record<Topic, (name: string, words: string[]) => string> = {
  billing: (name) => `Dear ${name}, we have looked at your account and put the amount right.`,
  technical: (name, words) => `Dear ${name}, please start again with "${words.slice(0, 3).join(' ')}" in the search field, and tell us what you see.`,
  general: (name) => `Dear ${name}, thank you for your message. A person reads it today.`,
}

export function init(self: Self, { topic }: { topic: Topic }): void {
  self.state = { topic }
}

export const Specialist = {
  answer(ticket: Ticket, self: Self): { text: string } {
    const [name = ''] = ticket.from.split('@')
    const words = ticket.text.match(/\p{L}{4,}/gu)!.map((word) => word.toLowerCase())
    return { text: ANSWERS[self.state.topic](name, words) }
  },
}

// Answers tickets of one topic, from its arguments. It takes for granted that a ticket has words: one without is its undoing, and
// its supervisor's business.
type Ticket = { id: string; from: string; text: string }
const ANSWERS: Record<string, (name: string, words: string[]) => string> = {
  billing: (name) => `Dear ${name}, we have looked at your account and put the amount right.`,
  technical: (name, words) => `Dear ${name}, please start again with "${words.slice(0, 3).join(' ')}" in the search field, and tell us what you see.`,
  general: (name) => `Dear ${name}, thank you for your message. A person reads it today.`,
}

export async function init(self: any, args: { topic: string }) {
  self.state = { topic: args.topic, answered: 0 }
}

export const Specialist = {
  async answer(ticket: Ticket, self: any) {
    const words = ticket.text.match(/\p{L}{4,}/gu)!.map((word) => word.toLowerCase())
    self.state.answered += 1
    return { text: ANSWERS[self.state.topic]!(ticket.from.split('@')[0]!, words) }
  },
}

// What customers send.
export type Ticket = { id: string; from: string; text: string }

const TOPICS = ['billing', 'technical', 'general'] as const
export type Topic = (typeof TOPICS)[number]

export const isTopic = (word: string): word is Topic => TOPICS.some((topic) => topic === word)

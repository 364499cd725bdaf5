// Looks through one shelf. Its shelf and its name come with the design, so that three searchers share this file.
type Entry = { title: string; text: string; topics: string[] }
type Finding = { source: string; title: string; text: string }
type Self = { state: { name: string; shelf: Entry[] } }

export function init(self: Self, args: { name: string; shelf: Entry[] }): void {
  self.state = args
}

export const Search = {
  find({ query }: { query: string }, self: Self): { findings: Finding[] } {
    const { name, shelf } = self.state
    const words = query.toLowerCase()
    // The cutter of the press does not like this word: it crashes, and the other two are enough.
    if (name === 'press' && words.includes('flutter')) throw new Error('the paper cutter jams')
    return { findings: shelf.filter(({ topics }) => topics.some((topic) => words.includes(topic))).map(({ title, text }) => ({ source: name, title, text })) }
  },
}

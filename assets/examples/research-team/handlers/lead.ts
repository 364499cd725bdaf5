// Takes a question through the team: a plan, a search for each query, a report, a critic, and a person who says yes or no.
type Finding = { source: string; title: string; text: string }
type Question = { id: string; question: string }
type Review = { score: number; remarks: string }
type Self = {
  state: { published: number; refused: number; findings: number }
  use: {
    planner: { plan(input: { question: string }): Promise<{ queries: string[] }> }
    searchers: { find(input: { query: string }): Promise<{ findings: Finding[] }> }
    critic: { review(input: { question: string; report: string }): Promise<Review> }
    editor: { approve(input: { question: string; report: string } & Review): Promise<{ isApproved: boolean; note?: string }> }
    reports: { publish(input: { id: string; question: string; report: string; score: number }): Promise<null> }
    screen: { show(input: { questions: number; published: number; refused: number; findings: number }): Promise<null> }
  }
  log: { info(text: string): void }
}

export function init(self: Self): void {
  self.state = { published: 0, refused: 0, findings: 0 }
}

export const Research = {
  async research({ id, question }: Question, self: Self): Promise<{ isPublished: boolean; score: number }> {
    const findings = await search(question, self)
    const report = writeReport(findings)
    const review = await self.use.critic.review({ question, report })
    const { isApproved, note } = await self.use.editor.approve({ question, report, ...review })
    if (isApproved) await self.use.reports.publish({ id, question, report, score: review.score })
    else self.log.info(`${id} is not published: ${note ?? review.remarks}`)
    self.state.findings += findings.length
    self.state[isApproved ? 'published' : 'refused'] += 1
    return { isPublished: isApproved, score: review.score }
  },

  async close({ items }: { items: number }, self: Self): Promise<null> {
    await self.use.screen.show({ questions: items, ...self.state })
    return null
  },
}

async function search(question: string, self: Self): Promise<Finding[]> {
  const { queries } = await self.use.planner.plan({ question })
  const found = new Map<string, Finding>()
  for (const query of queries) {
    const { findings } = await self.use.searchers.find({ query })
    for (const finding of findings) found.set(`${finding.source} ${finding.title}`, finding)
  }
  return [...found.values()]
}

function writeReport(findings: Finding[]): string {
  if (findings.length === 0) return 'Nothing was found.'
  return findings.map(({ text, title, source }) => `${text} (${title}, ${source})`).join('\n')
}

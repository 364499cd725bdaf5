// Stands in for the editor when nobody has answered in time: publishes what the critic thought well of.
type Draft = { question: string; report: string; score: number; remarks: string }

const GOOD_ENOUGH = 6

export const Approval = {
  approve({ score }: Draft): { isApproved: boolean; note: string } {
    return { isApproved: score >= GOOD_ENOUGH, note: 'decided by the deputy' }
  },
}

import { Section } from './section';
import { NumberField, TextField } from './text-fields';

/** What a person is asked, and for how long. */
export function HumanFields() {
  return (
    <Section title="Asks">
      <TextField label="Question" path={['question']} placeholder="what the person is asked" />
      <NumberField label="Deadline" path={['deadlineMs']} standard={3_600_000} unit="ms" />
      <p className="note dim">Each call waits in Approvals until a person answers. After the deadline, who is wired to the port escalation is asked; else the call fails with timeout.</p>
    </Section>
  );
}

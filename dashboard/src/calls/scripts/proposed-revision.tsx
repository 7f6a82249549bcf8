import { useId, useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { SignedDecision } from '../../signed-decision.tsx'
import { confusionText, revisionTitle, type Revision } from './revision-text.ts'

interface ProposedRevisionProps {
  readonly revision: Revision
  readonly onDecided: () => void
}

/** A proposal with what callers said; the new wording can be edited before it is accepted. */
export function ProposedRevision({ revision, onDecided }: ProposedRevisionProps) {
  const { template, templateVersion, partId, text, proposedText, examples } = revision
  const [wording, setWording] = useState(proposedText ?? '')
  const heading = useId()
  return (
    <section class="group" aria-labelledby={heading}>
      <h3 id={heading}>{revisionTitle(revision)}</h3>
      <p class="about">{confusionText(revision)}</p>
      {examples.length > 0 && (
        <p class="reason">Callers said: {[...new Set(examples)].map((one) => `“${one}”`).join(', ')}</p>
      )}
      <p class="reason">
        <span class="about">Now: </span>
        {text ?? 'This version of the template is no longer known.'}
      </p>
      <label class="wording">
        <span>{proposedText === null ? 'New wording (the template has no simpler one)' : 'New wording'}</span>
        <textarea
          rows={3}
          maxLength={4000}
          value={wording}
          onInput={(event) => setWording(event.currentTarget.value)}
        />
      </label>
      <SignedDecision
        label="Reason of the decision"
        choices={[
          ['accepted', 'Accept the new wording'],
          ['rejected', 'Keep the present wording'],
        ]}
        decide={async (decision, decidedBy, reason) => {
          const changed = wording.trim() !== '' && wording !== proposedText ? { text: wording.trim() } : {}
          const { newVersion } = await send<{ readonly newVersion: number | null }>('POST', '/script-revisions', {
            ...{ template, templateVersion, partId, decision, decidedBy, reason },
            ...(decision === 'accepted' ? changed : {}),
          })
          onDecided()
          return newVersion === null ? 'The wording stays.' : `Accepted as version ${newVersion} of ${template}.`
        }}
      />
    </section>
  )
}

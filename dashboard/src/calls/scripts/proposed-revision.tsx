import { useId, useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { SignedDecision } from '../../signed-decision.tsx'
import { confusionText, revisionTitle, type Revision } from './revision-text.ts'
import { t } from '../../words/words.ts'

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
        <p class="reason">
          {t('scripts.callersSaid')} {[...new Set(examples)].map((one) => `“${one}”`).join(', ')}
        </p>
      )}
      <p class="reason">
        <span class="about">{t('scripts.now')} </span>
        {text ?? t('scripts.thisVersionOfTheTemplateIs')}
      </p>
      <label class="wording">
        <span>{proposedText === null ? t('scripts.newWordingTheTemplateHasNo') : t('scripts.newWording')}</span>
        <textarea
          rows={3}
          maxLength={4000}
          value={wording}
          onInput={(event) => setWording(event.currentTarget.value)}
        />
      </label>
      <SignedDecision
        label={t('scripts.reasonOfTheDecision')}
        choices={[
          ['accepted', t('scripts.acceptTheNewWording')],
          ['rejected', t('scripts.keepThePresentWording')],
        ]}
        decide={async (decision, decidedBy, reason) => {
          const changed = wording.trim() !== '' && wording !== proposedText ? { text: wording.trim() } : {}
          const { newVersion } = await send<{ readonly newVersion: number | null }>('POST', '/script-revisions', {
            ...{ template, templateVersion, partId, decision, decidedBy, reason },
            ...(decision === 'accepted' ? changed : {}),
          })
          onDecided()
          return newVersion === null
            ? t('scripts.theWordingStays')
            : t('scripts.acceptedAsVersionOf', { newVersion, template })
        }}
      />
    </section>
  )
}

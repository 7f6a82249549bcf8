import { dateAndTime } from '../../format.ts'
import { useWallClockNote } from '../../simulation.tsx'
import { confusionText, revisionTitle, type Revision } from './revision-text.ts'
import { t } from '../../words/words.ts'

/** A proposal that a person has decided on. */
export function DecidedRevision({ revision }: { readonly revision: Revision }) {
  const note = useWallClockNote()
  const { decision, newVersion, decidedBy, decidedAt, reason } = revision
  const isAccepted = decision === 'accepted'
  return (
    <li class="record">
      <span class="row">
        <strong>{revisionTitle(revision)}</strong>
        <span class={isAccepted ? 'tag good' : 'tag'}>
          {isAccepted ? t('scripts.acceptedAsVersion', { newVersion }) : t('scripts.keptAsItWas')}
        </span>
      </span>
      <span class="about">{confusionText(revision)}</span>
      <span class="reason">{reason}</span>
      <span class="about">
        {decidedBy}
        {decidedAt !== null && `, ${dateAndTime(decidedAt)}${note}`}
      </span>
    </li>
  )
}

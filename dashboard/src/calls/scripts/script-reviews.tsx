import { send, type ApiResponse } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { SignedDecision } from '../../signed-decision.tsx'
import { useIsSimulated } from '../../simulation.tsx'
import { statusLabel } from './script-text.ts'
import { t } from '../../words/words.ts'

interface ScriptReviewsProps {
  readonly script: ApiResponse<'/scripts/{id}'>
  readonly onReviewed: () => void
}

/** Reviews of a script, and a form for the next one; the latest applies. */
export function ScriptReviews({ script: { id, author, reviews }, onReviewed }: ScriptReviewsProps) {
  const isSimulated = useIsSimulated()
  return (
    <section aria-labelledby="reviews-title">
      <h3 id="reviews-title">{t('scripts.review')}</h3>
      <p class="about">
        {author === null ? t('scripts.theTextsAreBuiltIn') : t('scripts.wroteTheTextsSoSomebodyElse', { author })}{' '}
        {t('scripts.aRejectedScriptIsNeverUsed')}
      </p>
      <SignedDecision
        label={t('scripts.reasonOptional')}
        needsReason={false}
        choices={[
          ['approved', t('scripts.approve')],
          ['rejected', t('scripts.reject')],
        ]}
        decide={async (decision, decidedBy, reason) => {
          await send('POST', `/scripts/${encodeURIComponent(id)}/reviews`, {
            ...{ decision, decidedBy },
            ...(reason === '' ? {} : { reason }),
          })
          onReviewed()
          return `${statusLabel(decision).label}.`
        }}
      />
      <ul class="lines">
        {reviews.map(({ number, decision, decidedBy, reason, decidedAt }) => (
          <li key={number} class="record">
            <span class="row">
              <strong>{statusLabel(decision).label}</strong>
              <span class="about">
                {decidedBy}, {dateAndTime(decidedAt)} {isSimulated && `(${t('page.simulatedTime')})`}
              </span>
            </span>
            {reason !== null && <span class="reason">{reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

import { send, type ApiResponse } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { SignedDecision } from '../../signed-decision.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { statusLabel } from './script-text.ts'

interface ScriptReviewsProps {
  readonly script: ApiResponse<'/scripts/{id}'>
  readonly onReviewed: () => void
}

/** Reviews of a script, and a form for the next one; the latest applies. */
export function ScriptReviews({ script: { id, author, reviews }, onReviewed }: ScriptReviewsProps) {
  const timeLabel = useTimeLabel()
  return (
    <section aria-labelledby="reviews-title">
      <h3 id="reviews-title">Review</h3>
      <p class="about">
        {author === null ? 'The texts are built in.' : `${author} wrote the texts, so somebody else reviews them.`} A
        rejected script is never used.
      </p>
      <SignedDecision
        label="Reason (optional)"
        needsReason={false}
        choices={[
          ['approved', 'Approve'],
          ['rejected', 'Reject'],
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
                {decidedBy}, {dateAndTime(decidedAt)} {timeLabel !== 'time' && `(${timeLabel})`}
              </span>
            </span>
            {reason !== null && <span class="reason">{reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

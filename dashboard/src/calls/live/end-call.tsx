import { useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { useSending } from '../../use-sending.ts'
import { t } from '../../words/words.ts'

/** Reasons as they are recorded, in English whatever the language of the page. */
const REASONS = [
  ['finished', 'liveCalls.finished'],
  ['customer hung up', 'liveCalls.customerHungUp'],
  ['handed over to a colleague', 'liveCalls.handedOverToAColleague'],
  ['wrong person', 'liveCalls.wrongPerson'],
] as const

/** Ends a call with a reason. */
export function EndCall({ path, onEnded }: { readonly path: string; readonly onEnded: () => void }) {
  const [reason, setReason] = useState<string>(REASONS[0][0])
  const { busy, message, run } = useSending()
  return (
    <div class="choices">
      <select
        aria-label={t('liveCalls.howTheCallEnded')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      >
        {REASONS.map(([one, words]) => (
          <option key={one} value={one}>
            {t(words)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="quiet"
        aria-disabled={busy}
        onClick={() => {
          if (busy) return
          run(async () => {
            await send('POST', `${path}/end`, { reason })
            onEnded()
            return t('liveCalls.ended')
          })
        }}
      >
        {t('liveCalls.endTheCall')}
      </button>
      <span class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </span>
    </div>
  )
}

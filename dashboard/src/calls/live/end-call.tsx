import { useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { useSending } from '../../use-sending.ts'

const REASONS = ['finished', 'customer hung up', 'handed over to a colleague', 'wrong person'] as const

/** Ends a call with a reason. */
export function EndCall({ path, onEnded }: { readonly path: string; readonly onEnded: () => void }) {
  const [reason, setReason] = useState<string>(REASONS[0])
  const { busy, message, run } = useSending()
  return (
    <div class="choices">
      <select aria-label="How the call ended" value={reason} onChange={(event) => setReason(event.currentTarget.value)}>
        {REASONS.map((one) => (
          <option key={one} value={one}>
            {one.charAt(0).toUpperCase() + one.slice(1)}
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
            return 'Ended.'
          })
        }}
      >
        End the call
      </button>
      <span class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </span>
    </div>
  )
}

import { useRef, useState } from 'preact/hooks'
import { send } from '../../api.ts'
import { useSending } from '../../use-sending.ts'
import { EndCall } from './end-call.tsx'
import { isByHand, type Prompt, type Session } from './live-call-text.ts'
import { t } from '../../words/words.ts'

interface CallReportsProps {
  readonly session: Session
  /** `undefined`: the call was ended. */
  readonly onAnswer: (prompt: Prompt | undefined) => void
}

/** Longer than any limit, so that it counts as a silence. */
const SILENCE_MS = 60_000

/** Reports of the customer's turns by hand. For a call that a call system leads, they are folded. */
export function CallReports(props: CallReportsProps) {
  if (isByHand(props.session.callId)) return <Forms {...props} />
  return (
    <details>
      <summary>{t('liveCalls.reportByHandIfTheCall')}</summary>
      <Forms {...props} />
    </details>
  )
}

function Forms({ session: { callId, turns }, onAnswer }: CallReportsProps) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const sent = useRef(0)
  const { busy, message, showError, run } = useSending()
  const path = `/call-sessions/${encodeURIComponent(callId)}`

  function report(kind: string, body: () => object): void {
    if (busy) return
    run(async () => {
      onAnswer(await send<Prompt>('POST', `${path}/${kind}`, body()))
      field.current?.focus()
      return ''
    })
  }

  function turn(): void {
    if (text.trim() === '') return showError(t('liveCalls.typeWhatTheCustomerSaid'))
    report('turns', () => {
      // The page may not have read the turn before this one yet.
      const number = Math.max(turns, sent.current)
      sent.current = number + 1
      setText('')
      return { number, text: text.trim() }
    })
  }

  return (
    <div class="reports">
      <form
        class="choices signed"
        onSubmit={(event) => {
          event.preventDefault()
          turn()
        }}
      >
        <label class="turn">
          <span>{t('liveCalls.whatTheCustomerSays')}</span>
          <input
            type="text"
            ref={field}
            autocomplete="off"
            maxLength={8000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="quiet" aria-disabled={busy}>
          {t('liveCalls.goOn')}
        </button>
        <button
          type="button"
          class="quiet"
          aria-disabled={busy}
          onClick={() => report('silences', () => ({ ms: SILENCE_MS }))}
        >
          {t('liveCalls.saysNothing')}
        </button>
      </form>
      <EndCall path={path} onEnded={() => onAnswer(undefined)} />
      <p class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </p>
    </div>
  )
}

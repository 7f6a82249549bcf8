import { userName, useUserName } from './user-name.ts'
import type { Sending } from './use-sending.ts'
import { t } from './words/words.ts'

interface SignedReasonProps {
  /** Label of the reason field. */
  readonly label: string
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly sending: Sending
}

/** Fields for the user's name and the reason, with the result of the last request. */
export function SignedReason({ label, reason, onReason, sending: { message } }: SignedReasonProps) {
  const [by, setBy] = useUserName()
  return (
    <>
      <div class="choices signed">
        <label>
          <span>{t('common.yourName')}</span>
          <input type="text" maxLength={200} defaultValue={by} onChange={(event) => setBy(event.currentTarget.value)} />
        </label>
        <label class="reason-field">
          <span>{label}</span>
          <input type="text" maxLength={1000} value={reason} onInput={(event) => onReason(event.currentTarget.value)} />
        </label>
      </div>
      <p class={`message ${message?.tone ?? ''}`} role="status">
        {message?.text}
      </p>
    </>
  )
}

/** Returns a message if the name, or a reason that is required, is missing. */
export function missingSignature(reason: string, needsReason = true): string | undefined {
  if (userName() === '') return t('page.enterYourNameItIsRecorded')
  return needsReason && reason.trim() === '' ? t('page.enterTheReasonItIsRecorded') : undefined
}

import { useState } from 'preact/hooks'
import { missingSignature, SignedReason } from './signed-reason.tsx'
import { userName } from './user-name.ts'
import { useSending } from './use-sending.ts'

interface SignedDecisionProps<Choice extends string> {
  /** Label of the reason field. */
  readonly label: string
  readonly choices: readonly (readonly [Choice, string])[]
  readonly needsReason?: boolean
  /** Sends the decision. Returns the text that confirms it. */
  readonly decide: (choice: Choice, decidedBy: string, reason: string) => Promise<string>
}

/** Form for a decision that is recorded with a name and a reason; one button for each choice. */
export function SignedDecision<Choice extends string>(props: SignedDecisionProps<Choice>) {
  const { label, choices, needsReason = true, decide } = props
  const [reason, setReason] = useState('')
  const sending = useSending()

  function submit(choice: Choice): void {
    if (sending.busy) return
    const missing = missingSignature(reason, needsReason)
    if (missing !== undefined) return sending.showError(missing)
    sending.run(async () => {
      const done = await decide(choice, userName(), reason.trim())
      setReason('')
      return done
    })
  }

  return (
    <div class="decision">
      <SignedReason label={label} reason={reason} onReason={setReason} sending={sending} />
      <div class="choices">
        {choices.map(([choice, text]) => (
          <button key={choice} type="button" class="quiet" aria-disabled={sending.busy} onClick={() => submit(choice)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  )
}

import type { Prompt } from '../ports.ts'
import type { Clock } from './clock.ts'

/** jambonz hangs up if there is no answer within 5 s. */
const ANSWER_MS_MAX = 4_000

/** Asks the session of a call for its next prompt. Rejects if it fails or takes more than `ANSWER_MS_MAX`. */
export async function askSession(question: () => Promise<Prompt>, clock: Clock): Promise<Prompt> {
  let cancel = (): void => {}
  const deadline = new Promise<never>((_, reject) => {
    cancel = clock.after(ANSWER_MS_MAX, () => reject(new Error(`There was no answer within ${ANSWER_MS_MAX} ms.`)))
  })
  try {
    return await Promise.race([question(), deadline])
  } finally {
    cancel()
  }
}

/** Returns the prompt of a call that can't go on here: an agent takes over. */
export const transferPrompt = (step: number, reason: string): Prompt => ({
  step,
  say: [],
  next: 'transfer',
  reasons: [reason],
})

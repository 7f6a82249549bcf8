import type { Prompt } from '../../ports.ts'
import { isRecording } from '../recordings.ts'

type Message = Readonly<Record<string, unknown>> & { readonly type: 'text' | 'play' | 'end' }

/** Returns the messages that say a prompt. The caller can't interrupt required parts, nor the last words of a call. */
export function messagesOf({ say, next }: Prompt, language: string): Message[] {
  return say.map(({ text, required }, index) => {
    const interruptible = next === 'listen' && !required
    if (isRecording(text)) return { type: 'play', source: text.trim(), loop: 1, preemptible: false, interruptible }
    const last = index === say.length - 1
    return { type: 'text', token: last ? text : `${text} `, last, lang: language, interruptible, preemptible: false }
  })
}

/**
 * Returns the message that ends the session. Twilio then requests the action URL of the TwiML with the handoff data,
 * which say whether an agent takes over.
 */
export function endMessage(callId: string, { next, reasons }: Pick<Prompt, 'next' | 'reasons'>): Message {
  const reasonCode = next === 'transfer' ? 'transfer' : 'finished'
  return { type: 'end', handoffData: JSON.stringify({ reasonCode, callId, reasons }) }
}

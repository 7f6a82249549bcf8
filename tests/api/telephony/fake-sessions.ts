import type { LiveCalls, Prompt } from '../../../api/ports.ts'

type Seen =
  | { readonly kind: 'start'; readonly customerId: string; readonly language: string; readonly agent: string | null }
  | { readonly kind: 'turn'; readonly number: number; readonly text: string; readonly words?: unknown }
  | { readonly kind: 'interrupted'; readonly partId: string; readonly spoken: string }
  | { readonly kind: 'silence'; readonly ms: number }
  | { readonly kind: 'end'; readonly reason: string }

export interface FakeSessions extends LiveCalls {
  readonly seen: Seen[]
  of<Kind extends Seen['kind']>(kind: Kind): Extract<Seen, { readonly kind: Kind }>[]
  /** The next answer fails, or never comes. */
  failNext(how: 'rejects' | 'hangs'): void
  /** The next answer comes when the returned function is called. */
  delayNext(): () => void
  readonly prompts: Prompt[]
}

export const PARTS: Prompt['say'] = [
  { partId: 'greeting', text: 'Good morning, this is the bank.', required: false },
  { partId: 'recording', text: 'This call is recorded.', required: true },
  { partId: 'offer', text: 'We have a savings plan that pays three percent. May I tell you more?', required: false },
]

const SILENCES_MAX = 3

/**
 * Sessions of a script: the opening, an answer to each turn (it ends the call at "bye", transfers it at "agent"), and
 * the end after three silences. An interrupted required part is repeated.
 */
export function fakeSessions(opening: Prompt['say'] = PARTS): FakeSessions {
  const seen: Seen[] = []
  const prompts: Prompt[] = []
  const newest = new Map<string, Prompt>()
  let failure: 'rejects' | 'hangs' | undefined
  let silences = 0
  let delay: Promise<void> | undefined
  const next = async (callId: string, say: Prompt['say'], then: Prompt['next'] = 'listen'): Promise<Prompt> => {
    const how = failure
    failure = undefined
    const before = delay
    delay = undefined
    await before
    if (how === 'rejects') throw new Error('The database is away.')
    if (how === 'hangs') return new Promise(() => {})
    const prompt = { step: (newest.get(callId)?.step ?? 0) + 1, say, next: then, reasons: [] }
    newest.set(callId, prompt)
    prompts.push(prompt)
    return prompt
  }
  const part = (partId: string, text: string, required = false) => [{ partId, text, required }]
  return {
    seen,
    prompts,
    of: (kind) => seen.filter((one) => one.kind === kind) as never,
    failNext: (how) => void (failure = how),
    delayNext() {
      const { promise, resolve } = Promise.withResolvers<void>()
      delay = promise
      return resolve
    },
    start({ callId, customerId, language, agent }) {
      seen.push({ kind: 'start', customerId, language, agent })
      const running = newest.get(callId)
      return running === undefined ? next(callId, opening) : Promise.resolve(running)
    },
    turn(callId, { number, text, words }) {
      seen.push({ kind: 'turn', number, text, ...(words === undefined ? {} : { words }) })
      if (text.includes('bye')) return next(callId, part('farewell', 'Goodbye.'), 'end')
      if (text.includes('agent')) return next(callId, part('handover', 'One moment.'), 'transfer')
      return next(callId, part(`reply-${number}`, `You said: ${text}.`))
    },
    interrupted(callId, { partId, spoken }) {
      seen.push({ kind: 'interrupted', partId, spoken })
      const cut = opening.find((one) => one.partId === partId && one.required)
      return next(callId, cut === undefined ? part('go-on', 'Please go on.') : [cut])
    },
    silence(callId, { ms }) {
      seen.push({ kind: 'silence', ms })
      silences += 1
      if (silences >= SILENCES_MAX) return next(callId, part('farewell', 'I will call again. Goodbye.'), 'end')
      return next(callId, part('still-there', 'Are you still there?'))
    },
    end(_callId, { reason }) {
      seen.push({ kind: 'end', reason })
      return Promise.resolve()
    },
  }
}

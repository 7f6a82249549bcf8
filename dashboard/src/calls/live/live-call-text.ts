import type { ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'
import type { Label } from '../../label.ts'

export type Session = ApiResponse<'/call-sessions/{callId}'>
export type Prompt = Session['prompt']
export type Step = ApiResponse<'/session-steps'>['items'][number]

/** Calls that were started on this page, without a call system, have ids with this prefix. */
const BY_HAND = 'page-'

export function newCallId(): string {
  // Not randomUUID, which browsers have only over HTTPS.
  const random = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')
  return `${BY_HAND}${random}`
}

export function isByHand(callId: string): boolean {
  return callId.startsWith(BY_HAND)
}

/** Labels where a call is. `next`: what follows the latest sentence. */
export function callState({ isOver, next }: { readonly isOver: boolean; readonly next: string }): Label {
  if (isOver) return next === 'transfer' ? { label: 'Handed over', tone: '' } : { label: 'Ended', tone: '' }
  if (next === 'transfer') return { label: 'To be handed over', tone: 'bad' }
  return next === 'end' ? { label: 'Ending', tone: 'warn' } : { label: 'In conversation', tone: 'good' }
}

const afterSaying: Readonly<Record<string, string>> = {
  listen: 'Then listen to the customer.',
  end: 'Then end the call.',
  transfer: 'Then hand the call over to a colleague.',
}

/** Says what to do after the sentences, or at once if there are none. */
export function nextText({ say, next }: Pick<Prompt, 'say' | 'next'>): string {
  if (say.length === 0 && next === 'listen') return 'Listen to the customer.'
  const text = afterSaying[next] ?? title(next)
  return say.length > 0 ? text : text.replace(/^Then (.)/, (_, first: string) => first.toUpperCase())
}

/** Labels the state of a part; `isNow`: it is among the sentences to say now. */
export function partState(state: string, isNow: boolean): Label {
  if (isNow) return { label: 'Say now', tone: 'warn' }
  if (state === 'said') return { label: 'Said', tone: 'good' }
  return state === 'skipped' ? { label: 'Left out', tone: '' } : { label: 'To say', tone: '' }
}

/** Describes what a step answers: what the customer said or did. */
export function reportText({ report, spoken }: Pick<Step, 'report' | 'spoken'>): string {
  switch (report) {
    case 'start':
      return 'The call started.'
    case 'turn':
      return spoken === null || spoken === '' ? 'The customer said something that was not understood.' : spoken
    case 'interruption':
      return spoken === null || spoken === ''
        ? 'The customer interrupted at once.'
        : `The customer interrupted after “${spoken}”.`
    case 'silence':
      return 'The customer said nothing.'
    case 'end':
      return 'The call ended.'
    default:
      return title(report)
  }
}

/** Returns the labels of what the analysis found in a turn. */
export function findings({ intent, objection, confusedBy }: Pick<Step, 'intent' | 'objection' | 'confusedBy'>) {
  return [
    ...(intent === null ? [] : [`wants: ${title(intent).toLowerCase()}`]),
    ...(objection === null ? [] : [`objects: ${title(objection).toLowerCase()}`]),
    ...(confusedBy === null ? [] : [`did not understand: ${title(confusedBy.replace(/^answer:/, '')).toLowerCase()}`]),
  ]
}

/** Returns the steps in the order of the call; `/session-steps` has the newest first. */
export function inCallOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((one, other) => one.step - other.step)
}

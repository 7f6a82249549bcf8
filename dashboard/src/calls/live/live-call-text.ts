import type { ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'
import type { Label } from '../../label.ts'
import { t, type TextKey } from '../../words/words.ts'

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
  if (isOver)
    return next === 'transfer' ? { label: t('liveCalls.handedOver'), tone: '' } : { label: t('common.ended'), tone: '' }
  if (next === 'transfer') return { label: t('liveCalls.toBeHandedOver'), tone: 'bad' }
  return next === 'end'
    ? { label: t('liveCalls.ending'), tone: 'warn' }
    : { label: t('liveCalls.inConversation'), tone: 'good' }
}

/** What to do at once, and after the sentences. */
const nextSteps: Readonly<Record<string, readonly [TextKey, TextKey]>> = {
  listen: ['liveCalls.listenToTheCustomer', 'liveCalls.thenListenToTheCustomer'],
  end: ['liveCalls.endTheCallNow', 'liveCalls.thenEndTheCall'],
  transfer: ['liveCalls.handTheCallOver', 'liveCalls.thenHandTheCallOverTo'],
}

/** Says what to do after the sentences, or at once if there are none. */
export function nextText({ say, next }: Pick<Prompt, 'say' | 'next'>): string {
  const step = nextSteps[next]
  return step === undefined ? title(next) : t(step[say.length === 0 ? 0 : 1])
}

/** Labels the state of a part; `isNow`: it is among the sentences to say now. */
export function partState(state: string, isNow: boolean): Label {
  if (isNow) return { label: t('liveCalls.sayNow'), tone: 'warn' }
  if (state === 'said') return { label: t('liveCalls.said'), tone: 'good' }
  return state === 'skipped' ? { label: t('liveCalls.leftOut'), tone: '' } : { label: t('liveCalls.toSay'), tone: '' }
}

/** Describes what a step answers: what the customer said or did. */
export function reportText({ report, spoken }: Pick<Step, 'report' | 'spoken'>): string {
  switch (report) {
    case 'start':
      return t('liveCalls.theCallStarted')
    case 'turn':
      return spoken === null || spoken === '' ? t('liveCalls.theCustomerSaidSomethingThatWas') : spoken
    case 'interruption':
      return spoken === null || spoken === ''
        ? t('liveCalls.theCustomerInterruptedAtOnce')
        : t('liveCalls.theCustomerInterruptedAfter', { spoken })
    case 'silence':
      return t('liveCalls.theCustomerSaidNothing')
    case 'end':
      return t('liveCalls.theCallEnded')
    default:
      return title(report)
  }
}

/** Returns the labels of what the analysis found in a turn. */
export function findings({ intent, objection, confusedBy }: Pick<Step, 'intent' | 'objection' | 'confusedBy'>) {
  return [
    ...(intent === null ? [] : [t('liveCalls.wants', { intent: title(intent).toLowerCase() })]),
    ...(objection === null ? [] : [t('liveCalls.objects', { objection: title(objection).toLowerCase() })]),
    ...(confusedBy === null
      ? []
      : [t('liveCalls.didNotUnderstand', { part: title(confusedBy.replace(/^answer:/, '')).toLowerCase() })]),
  ]
}

/** Returns the steps in the order of the call; `/session-steps` has the newest first. */
export function inCallOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((one, other) => one.step - other.step)
}

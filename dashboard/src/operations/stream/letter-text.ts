import type { ApiResponse } from '../../api.ts'
import { t } from '../../words/words.ts'

export type DeadLetter = ApiResponse<'/dead-letters'>['items'][number]

/** Which dead letters are shown, and sent again if none is chosen; empty: any. */
export interface LetterFilter {
  readonly code: string
  readonly topic: string
}

/** Returns the filter as parameters of a request. */
export function asked({ code, topic }: LetterFilter): { readonly code?: string; readonly topic?: string } {
  return { ...(code === '' ? {} : { code }), ...(topic === '' ? {} : { topic }) }
}

export interface RedriveAnswer {
  readonly dryRun: boolean
  readonly sent: number
  readonly more: boolean
  readonly items: readonly {
    readonly id: string
    readonly topic: string
    readonly partition: number
    readonly offset: number
    readonly outcome: Outcome
  }[]
}

type Outcome = 'send' | 'redriven' | 'same-record' | 'cut' | 'not-resendable' | 'unknown-topic'

export function outcomeText(outcome: Outcome, dryRun: boolean): string {
  switch (outcome) {
    case 'send':
      return dryRun ? t('stream.wouldBeSent') : t('stream.sent')
    case 'redriven':
      return t('stream.wasSentBefore')
    case 'same-record':
      return t('stream.sameRecord')
    case 'cut':
      return t('stream.onlyTheBeginningIsKept')
    case 'not-resendable':
      return t('stream.notResendable')
    case 'unknown-topic':
      return t('stream.unknownTopic')
  }
}

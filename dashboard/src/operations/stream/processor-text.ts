import type { ApiResponse } from '../../api.ts'
import { duration, rate } from '../../format.ts'
import { t } from '../../words/words.ts'

export type StreamProcessor = ApiResponse<'/processors'>['items'][number]
export type ProcessorState = NonNullable<StreamProcessor['running']>['state']

/** Returns the text of a state with its tone; null: this process runs no task of the processor. */
export function stateText(state: ProcessorState | null): { readonly text: string; readonly tone: string } {
  switch (state) {
    case null:
      return { text: t('stream.notHere'), tone: '' }
    case 'running':
      return { text: t('stream.running'), tone: 'good' }
    case 'restoring':
      return { text: t('stream.restoring'), tone: 'warn' }
    case 'failed':
      return { text: t('stream.failed'), tone: 'bad' }
  }
}

export function rateText({ running }: StreamProcessor): string {
  return running === null ? '–' : rate(running.eventsPerSecond)
}

/** Returns the age of the oldest unprocessed event; a dash if none waits. */
export function ageText(seconds: number | undefined): string {
  return seconds === undefined || seconds === 0 ? '–' : duration(1_000 * seconds)
}

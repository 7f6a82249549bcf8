import { ApiError, change, type Case } from '../../api.ts'
import { t } from '../../words/words.ts'

export type Decision = 'confirmed' | 'harmless' | 'dismissed'

/** An act in the form that the API accepts, without the reviewer and the note. */
export type Act =
  | { readonly kind: 'decide'; readonly decision: Decision; readonly claim?: 'false' | 'invalid' }
  | { readonly kind: 'assign'; readonly to: string }
  | { readonly kind: 'release' | 'answer' | 'comment' | 'close' | 'reopen' }

export type ActKind = Act['kind']

export type Outcome =
  | { readonly state: 'done' | 'taken' }
  /** `changed`: the case has changed since it was loaded, and must be reloaded. */
  | { readonly state: 'refused'; readonly text: string; readonly changed: boolean }

const UNDECIDED = ['open', 'assigned', 'answered', 'proposed']
const CAN_BE_REOPENED = ['decided', 'closed', 'withdrawn', 'lapsed']

export function isUndecided({ status }: Pick<Case, 'status'>): boolean {
  return UNDECIDED.includes(status)
}

/** Returns the acts that are possible in the case's current state. */
export function actsFor({ status, reviewer }: Pick<Case, 'status' | 'reviewer'>): readonly ActKind[] {
  if (UNDECIDED.includes(status))
    return ['decide', 'assign', ...(reviewer === null ? [] : (['release'] as const)), 'answer', 'comment']
  return [
    ...(status === 'decided' ? (['close'] as const) : []),
    ...(CAN_BE_REOPENED.includes(status) ? (['reopen'] as const) : []),
    'comment',
  ]
}

/** Returns why the act needs a note; `undefined` if it needs none. */
export function requiredNote(act: Act, { answer }: Pick<Case, 'answer'>): string | undefined {
  if (act.kind === 'answer') return t('cases.enterTheSalespersonsAnswerInThe')
  if (act.kind === 'comment') return t('cases.enterTheCommentInTheNote')
  if (act.kind === 'reopen') return t('cases.enterWhyTheCaseIsReopened')
  if (act.kind !== 'decide') return undefined
  if (act.decision === 'dismissed') return t('cases.enterWhyTheSuspicionIsDismissed')
  if (act.decision === 'confirmed' && answer === null) return t('cases.theSalespersonHasNotAnsweredRecord')
  return undefined
}

/** Sends an act on the revision of the case that was loaded. */
export async function sendAct(
  { visitId, revision }: Pick<Case, 'visitId' | 'revision'>,
  act: Act,
  { by, note, id }: { readonly by: string; readonly note: string; readonly id: string },
): Promise<Outcome> {
  const noteFields = note.trim() === '' ? {} : { note: note.trim() }
  try {
    const status = await change(`/cases/${encodeURIComponent(visitId)}/acts`, revision, {
      ...act,
      ...noteFields,
      by,
      id,
    })
    return { state: status === 202 ? 'taken' : 'done' }
  } catch (error) {
    return { state: 'refused', text: errorText(error), changed: error instanceof ApiError && isConflict(error) }
  }
}

const isConflict = ({ status }: ApiError) => status === 409 || status === 412

function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('common.thePlatformCantBeReachedTry')
  if (error.status === 412) return t('cases.theCaseChangedWhileYouWere')
  if (error.status === 409) return t('cases.notPossibleTheCaseHasBeen', { message: error.message })
  return error.message
}

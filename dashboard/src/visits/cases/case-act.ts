import { ApiError, change, type Case } from '../../api.ts'

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
  if (act.kind === 'answer') return 'Enter the salesperson’s answer in the note first.'
  if (act.kind === 'comment') return 'Enter the comment in the note first.'
  if (act.kind === 'reopen') return 'Enter why the case is reopened.'
  if (act.kind !== 'decide') return undefined
  if (act.decision === 'dismissed') return 'Enter why the suspicion is dismissed.'
  if (act.decision === 'confirmed' && answer === null)
    return 'The salesperson has not answered: record the answer first, or enter why there is none.'
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
  if (!(error instanceof ApiError)) return 'The platform can’t be reached. Try again.'
  if (error.status === 412)
    return 'The case changed while you were reviewing it, so nothing was done. The latest version is shown now: check it, then decide.'
  if (error.status === 409) return `Not possible: ${error.message} The case has been reloaded.`
  return error.message
}

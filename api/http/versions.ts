import { Type } from 'typebox'
import { VersionConflictError } from '../../store/sql/version-conflict.ts'
import { ProblemError } from './problem.ts'
import { Text } from './schema-parts.ts'

/** Returns the entity tag (RFC 9110) of a version. Editors send back in If-Match the one that they have seen. */
export function entityTag(version: number): string {
  return `"${version}"`
}

/** Marks the fields of a request that name the person who acts. */
export const ACTING_PERSON = 'x-acting-person'

export const ChangedBy = Type.String({
  ...Text,
  minLength: 1,
  maxLength: 200,
  description: 'Name of the person responsible for the change; kept in the audit trail.',
  [ACTING_PERSON]: true,
})

export const ChangeReason = Type.String({
  ...Text,
  minLength: 1,
  maxLength: 1_000,
  pattern: '\\S',
  description: 'Reason for the change; kept in the audit trail.',
})

export const Force = Type.Boolean({
  default: false,
  description: 'Activate it even if it flags too much in a trial on past visits; kept in the audit trail.',
})

/** Headers that every edit requires. */
export const IfMatch = Type.Object({
  'if-match': Type.String({ pattern: '^"[0-9]{1,9}"$', description: 'The ETag of the version that you have seen.' }),
})

/** Returns the version that the editor has seen. Throws a problem if If-Match is missing or is not one of our tags. */
export function parseIfMatch(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    throw new ProblemError(
      'version-required',
      'Send the ETag of the version that you have read in the header If-Match, such as "0".',
    )
  }
  const [, version] = /^"(\d{1,9})"$/.exec(ifMatch.trim()) ?? []
  // Valid entity tags that this API never issued.
  if (version === undefined && /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(ifMatch.trim()))
    throw new ProblemError('conflict', `If-Match is ${JSON.stringify(ifMatch)}, which is not the tag of any version.`)
  if (version === undefined) {
    const problem = `It is ${JSON.stringify(ifMatch)}, but must be the ETag of a version, such as "0".`
    throw new ProblemError('invalid-request', 'The headers are invalid.', [
      { part: 'headers', path: '/if-match', problem },
    ])
  }
  return Number(version)
}

/** Runs an edit. Throws the problem `conflict` if the version that the editor has seen is no longer the newest. */
export async function withConflictProblem<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change()
  } catch (error) {
    if (error instanceof VersionConflictError) throw new ProblemError('conflict', error.message)
    throw error
  }
}

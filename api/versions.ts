import { VersionConflictError } from '../store/version-conflict.ts'
import { ProblemError } from './problem.ts'

/** A version as an entity tag (RFC 9110): what an editor has seen comes back in If-Match. */
export function entityTag(version: number): string {
  return `"${version}"`
}

/** The version that the editor has seen. Throws a problem where the header is missing or is no version of ours. */
export function seenVersion(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    throw new ProblemError(
      'version-required',
      'Send the ETag of the version that you have read in the header If-Match, as in "0".',
    )
  }
  const [, version] = /^"(\d{1,9})"$/.exec(ifMatch.trim()) ?? []
  if (version === undefined)
    throw new ProblemError('conflict', `If-Match is ${JSON.stringify(ifMatch)}: it is the tag of no version.`)
  return Number(version)
}

/** Runs an edit; a version that is no longer the newest becomes a problem. */
export async function edit<Result>(change: () => Promise<Result>): Promise<Result> {
  try {
    return await change()
  } catch (error) {
    if (error instanceof VersionConflictError) throw new ProblemError('conflict', error.message)
    throw error
  }
}

import { ProblemError } from '../http/problem.ts'
import { UnclearError } from '../ports.ts'

/** Returns the problem of events that could not be published, with what the client can do. */
export function publishProblem(error: Error): ProblemError {
  if (!(error instanceof UnclearError))
    return new ProblemError('unavailable', `Kafka accepted none of the events: ${error.message}`)
  const advice = 'Send them again with the same ids: duplicates are detected by id and count once'
  return new ProblemError('unavailable', `The events may or may not have been accepted. ${advice}. ${error.message}`)
}

/**
 * Ends a run with one line, `N passed, N failed, N skipped`, and writes the three numbers to the file named by
 * SCORELINE_TEST_COUNTS, if set, so that .ci/run can add them to those of other checks.
 */
import { writeFileSync } from 'node:fs'

/** A file that could not be run at all counts as one failure: jest does not count its tests. */
export const countResults = (results) => ({
  passed: results.numPassedTests,
  failed:
    results.numFailedTests +
    results.numRuntimeErrorTestSuites +
    (results.wasInterrupted || results.openHandles?.length > 0 ? 1 : 0),
  skipped: results.numPendingTests + results.numTodoTests,
})

export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const { passed, failed, skipped } = countResults(results)
    // On exit, because jest’s own summary and the teardown of the servers come after every reporter.
    process.once('exit', () =>
      process.stderr.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`),
    )
    const path = process.env.SCORELINE_TEST_COUNTS
    if (path) writeFileSync(path, `${passed} ${failed} ${skipped}\n`)
  }
}

/**
 * Closes a run with one line, `N passed, N failed, N skipped`, and writes the three numbers to the file that
 * SCORELINE_TEST_COUNTS names, where it does, for whoever adds them to those of other checks (.ci/run).
 */
import { writeFileSync } from 'node:fs'

/** A file that could not be run at all counts as one failure: its tests are not in jest's count. */
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
    // At the exit, because jest's own summary and the teardown of the servers come after every reporter.
    process.once('exit', () =>
      process.stderr.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`),
    )
    const path = process.env.SCORELINE_TEST_COUNTS
    if (path) writeFileSync(path, `${passed} ${failed} ${skipped}\n`)
  }
}

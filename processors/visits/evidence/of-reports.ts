import type { Detector } from './detector.ts'
import { dwellTooShort } from './dwell-too-short.ts'
import { reportSaysLittle } from './report-says-little.ts'

/**
 * Kinds of evidence on single visits that depend on what a report says of its own: in the stream they are looked for
 * where all reports meet, since only there it is known which words are a template.
 */
export const ofReports: readonly Detector[] = [dwellTooShort, reportSaysLittle]

import type { Detector } from './detector.ts'
import { dwellTooShort } from './dwell-too-short.ts'
import { reportSaysLittle } from './report-says-little.ts'

/**
 * Detectors that examine single visits, but depend on how much a report says beyond a template. In the stream they run
 * where all reports are compared, since only there it is known which words are a template.
 */
export const ofReports: readonly Detector[] = [dwellTooShort, reportSaysLittle]

import { applyCalibrator, calibratedScore, fitCalibrator } from '../../../models/evaluation/calibrator.ts'
import { calibration, calibrationError } from '../../../models/evaluation/metrics.ts'
import { calibratedWorld } from './labelled-scores.ts'

const errorOf = (labels: Float64Array, scores: Float64Array) => calibrationError(calibration(labels, scores))

describe.each(['platt', 'isotonic'] as const)('%s', (method) => {
  it('makes scores that are too sure come true on other rows, survives JSON, and keeps their order', () => {
    const distorted = (score: number) => score ** 3 / (score ** 3 + (1 - score) ** 3)
    const fitted = calibratedWorld(4000, 1)
    const other = calibratedWorld(4000, 2)
    const calibrator = fitCalibrator(method, fitted.labels, fitted.scores.map(distorted))
    const before = other.scores.map(distorted)
    const after = before.slice()
    applyCalibrator(JSON.parse(JSON.stringify(calibrator)) as typeof calibrator, after)
    expect(errorOf(other.labels, before)).toBeGreaterThan(0.08)
    expect(errorOf(other.labels, after)).toBeLessThan(0.025)
    const order = Int32Array.from(before, (_, row) => row).sort((a, b) => before[a]! - before[b]!)
    expect(order.every((row, place) => place === 0 || after[row]! >= after[order[place - 1]!]!)).toBe(true)
    expect(after[7]).toBe(calibratedScore(calibrator, before[7]!))
  })

  it('reports errors in the rows', () => {
    expect(() => fitCalibrator(method, new Float64Array(0), new Float64Array(0))).toThrow('no rows to calibrate on')
    expect(() => fitCalibrator(method, Float64Array.of(1, 0), Float64Array.of(0.5, Number.NaN))).toThrow('Row 1')
  })
})

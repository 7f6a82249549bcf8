import { groupReport } from '../../../models/evaluation/group-report.ts'

const labels = Float64Array.of(1, 0, 1, 0, 1)
const scores = Float64Array.of(0.9, 0.6, 0.4, 0.2, 0.3)
const grouped = { attribute: 'region', groups: ['north', 'north', 'south', 'south', 'south'] }

describe('groupReport', () => {
  it('counts by hand', () => {
    const report = groupReport('classification', grouped, labels, scores, 0.4)
    expect(report.attribute).toBe('region')
    const [south, north] = report.groups
    expect(north).toEqual({
      group: 'north',
      rows: 2,
      selectionRate: 1,
      meanScore: 0.75,
      meanLabel: 0.5,
      auc: 1,
      calibrationError: 0.25,
    })
    expect(south).toMatchObject({ group: 'south', rows: 3, auc: 1 })
    expect(south!.selectionRate).toBeCloseTo(1 / 3, 12)
    expect(south!.meanScore).toBeCloseTo(0.3, 12)
    expect(south!.meanLabel).toBeCloseTo(2 / 3, 12)
    expect(south!.calibrationError).toBeCloseTo(2 / 3 - 0.3, 12)
    expect(report.selectionRatio).toBeCloseTo(1 / 3, 12)
  })

  it('has no ratio if nobody is selected, and no AUC for a single class', () => {
    const { selectionRatio, groups } = groupReport('classification', grouped, new Float64Array(5), scores, 0.95)
    expect(selectionRatio).toBeNull()
    expect(groups.map(({ auc }) => auc)).toEqual([null, null])
  })

  it('omits selection without a threshold, and class metrics for estimates', () => {
    const report = groupReport('regression', grouped, labels, scores, null)
    expect(report.selectionRatio).toBeNull()
    expect(report.groups[0]).toMatchObject({ selectionRate: null, auc: null })
  })

  it('refuses rows without a group', () => {
    expect(() => groupReport('classification', { attribute: 'age', groups: ['old'] }, labels, scores, 0.5)).toThrow(
      'Row 1 has no group of age',
    )
  })
})

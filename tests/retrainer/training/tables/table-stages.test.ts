import { families, familyNamed } from '../../../../retrainer/training/tables/families.ts'
import { tableStages, type TableTrainingOptions } from '../../../../retrainer/training/tables/train-on-table.ts'

function recorded(options: Partial<TableTrainingOptions>) {
  const shares: number[] = []
  const stages = tableStages(
    { families, ...options, progress: (done, of) => shares.push(done / of) } as TableTrainingOptions,
    1.25,
  )
  return { stages, shares }
}

test.each([
  ['gbm', 0.8],
  ['deep', 0.55],
  ['linear', 0.9],
])('the final %s, with settings found before, has a smaller share of the progress', (name, share) => {
  const { stages, shares } = recorded({ families: [familyNamed(name)] })
  stages.older(1, 1)
  stages.final(1, 1)
  expect(shares[0]).toBeCloseTo(share, 1)
  expect(shares[1]).toBeCloseTo(1, 12)
})

test('with separate test rows there is no final training', () => {
  const { stages, shares } = recorded({ families: [familyNamed('gbm')], testRows: 100 })
  stages.older(1, 2)
  stages.older(1, 1)
  expect(shares).toEqual([0.5, 1])
})

test('a search counts for the families that search', () => {
  const shareOf = (name: string) => {
    const { stages, shares } = recorded({ families: [familyNamed(name)], crossValidation: 5 })
    stages.older(1, 1e9)
    return shares[0]
  }
  expect(shareOf('gbm')).toBeGreaterThan(0.9)
  expect(shareOf('linear')).toBeLessThan(0.01)
})

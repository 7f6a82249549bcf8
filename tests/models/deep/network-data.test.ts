import { DatasetError } from '../../../models/check-dataset.ts'
import { checkNetworkData, initialBiases, targetsOf, targetUnits } from '../../../models/deep/network-data.ts'
import { mixedData } from './mixed-data.ts'

const several = mixedData(10, 'multi-label')
const withLabels = (labels: readonly number[], outputs: number) => ({
  ...mixedData(labels.length / outputs, 'binary'),
  labels: Float64Array.from(labels),
  outputs,
})

test('refuses data that nothing can be learned from, with the reason', () => {
  expect(() => checkNetworkData(mixedData(0, 'binary'), 'binary')).toThrow(DatasetError)
  expect(() => checkNetworkData(several, 'binary')).toThrow('A binary head has one output, and there are 3.')
  expect(() => checkNetworkData({ ...several, labels: several.labels.slice(1) }, 'multi-label')).toThrow(
    '10 rows of 3 labels need 30 labels; there are 29.',
  )
  expect(() => checkNetworkData(withLabels([0, 1, 0, 2], 2), 'multi-label')).toThrow('The label 1 of row 1 is 2')
  expect(() => checkNetworkData(withLabels([0, 1, Number.NaN, 2], 2), 'regression')).toThrow(
    'The label 0 of row 1 is NaN',
  )
  expect(() => checkNetworkData(withLabels([1, 0, 1, 0], 2), 'multi-label')).toThrow('Each output has a single class')
  expect(() => checkNetworkData(withLabels([1, 1], 1), 'binary')).toThrow('All 2 labels are 1')
  expect(() => checkNetworkData(withLabels([1, Number.NaN, 0, 0], 2), 'multi-label')).not.toThrow()
})

test('targets of a regression have mean 0 and deviation 1; of a constant they are 0', () => {
  const data = withLabels([10, 5, 30, 5], 2)
  const units = targetUnits(data, 'regression')
  expect(units).toEqual({ centre: [20, 5], scale: [10, 1] })
  expect([...targetsOf(data, 'regression', units, 'none').values]).toEqual([-1, 0, 1, 0])
})

test('balanced classes weigh the same in all, per output, and unknown labels nothing', () => {
  const data = withLabels([1, 0, 0, Number.NaN, 0, 1, 0, 1], 2)
  const { values, weights } = targetsOf(data, 'multi-label', targetUnits(data, 'multi-label'), 'balanced')
  expect([...values]).toEqual([1, 0, 0, 0, 0, 1, 0, 1])
  const [second, third] = [4 / 6, 3 / 4].map(Math.fround)
  expect([...weights]).toEqual([2, 1.5, second, 0, second, third, second, third])
  for (const bias of initialBiases({ values, weights }, 2, 'multi-label')) expect(bias).toBeCloseTo(0, 6)
})

test('an output begins at its log-odds', () => {
  const data = withLabels([1, 0, 0, 0], 1)
  const targets = targetsOf(data, 'binary', targetUnits(data, 'binary'), 'none')
  expect(initialBiases(targets, 1, 'binary')[0]).toBeCloseTo(Math.log(1.5 / 3.5), 6)
})

import { pathOptions } from '../../../models/linear/path-options.ts'

test('the defaults of options that are not given', () => {
  expect(pathOptions({ lambda: 0.5 })).toEqual({
    l1Ratios: [1, 0.5, 0],
    lambdas: 10,
    lambda: 0.5,
    folds: 5,
    outliers: undefined,
    simplest: false,
    stable: true,
  })
  expect(pathOptions({ outliers: { by: 'quartiles', reach: 1.5 } }).outliers).toEqual({ by: 'quartiles', reach: 1.5 })
})

test.each([
  [{ lambda: -1 }, 'lambda is -1: it must be a number from 0 to 1000000000.'],
  [{ lamda: 1 }, 'There is no setting lamda. There are: folds, l1Ratios, lambda, lambdas, outliers, simplest, stable.'],
  [{ l1Ratios: [] }, 'l1Ratios is []: it must be a list of numbers from 0 to 1.'],
  [{ l1Ratios: [2] }, 'l1Ratios is [2]'],
  [{ l1Ratios: 1 }, 'l1Ratios is 1'],
  [{ outliers: { by: 'share' } }, 'outliers is {"by":"share"}'],
  [{ outliers: { by: 'quantile', share: 0.5 } }, 'outliers is {"by":"quantile","share":0.5}'],
])('%j is refused', (given, words) => expect(() => pathOptions(given as object)).toThrow(words))

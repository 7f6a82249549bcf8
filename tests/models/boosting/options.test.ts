import { boostingOptions, defaultBoosting } from '../../../models/boosting/options.ts'

test('options that are not given have their defaults', () => {
  expect(boostingOptions({ depthMax: 3 }, ['a'])).toEqual({ ...defaultBoosting, depthMax: 3 })
})

test('all errors are reported at once, with the valid values', () => {
  expect(() =>
    boostingOptions({ trees: 0, learningRate: Number.NaN, depthMax: 2.5, monotone: { b: 1 } }, ['a']),
  ).toThrow(
    "The boosting options can't be used. trees is 0: it must be a whole number from 1 to 10000. learningRate is NaN: it must be a number from 0.0001 to 1. depthMax is 2.5: it must be a whole number from 1 to 12. monotone names b, which is no feature.",
  )
})

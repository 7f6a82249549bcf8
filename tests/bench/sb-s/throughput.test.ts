import { throughputOf } from '../../../bench/sb-s/throughput.ts'

test('rates go by the outputs’ times, CPU from the start of the process, the second half from the middle output', () => {
  const appendedAt = Float64Array.from([1_000, 2_000, 3_000, 3_500, 4_000])
  const samples = [
    { at: 0, cpuSeconds: 0, residentMegabytes: 10, anonymousMegabytes: 5 },
    { at: 2_000, cpuSeconds: 2, residentMegabytes: 30, anonymousMegabytes: 15 },
    { at: 5_000, cpuSeconds: 5, residentMegabytes: 20, anonymousMegabytes: 10 },
  ]
  expect(throughputOf(appendedAt, samples)).toEqual({
    eventsPerSecond: 5 / 3,
    cpuSecondsPerMillion: (4 / 5) * 1e6,
    eventsPerSecondSecondHalf: 2.5,
    cpuSecondsPerMillionSecondHalf: (1 / 2.5) * 1e6,
    rssMb: 30,
  })
})

/** Returns the number of times in each hour of the day in Shanghai. */
export function countsByHour(times: readonly number[]): number[] {
  const hours = new Array<number>(24).fill(0)
  for (const time of times) {
    const hour = Math.floor((time / 3_600_000 + 8) % 24)
    hours[hour] = hours[hour]! + 1
  }
  return hours
}

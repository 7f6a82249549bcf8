/** Returns the first name that repeats an earlier one; `undefined` if all are different. */
export function firstDuplicate<Name extends string>(names: readonly Name[]): Name | undefined {
  return names.find((name, place) => names.indexOf(name) !== place)
}

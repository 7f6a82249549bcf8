/** The first of the names that is there twice. */
export function firstTwice<Name extends string>(names: readonly Name[]): Name | undefined {
  return names.find((name, place) => names.indexOf(name) !== place)
}

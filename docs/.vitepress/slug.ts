/**
 * Returns the anchor of a heading as forges form it: lower case, without punctuation, with a hyphen for each space. So
 * a link to a heading works here and there.
 */
export const slugOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')

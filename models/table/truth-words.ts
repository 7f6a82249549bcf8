/** Words for yes in programs and forms, in lower case. */
const yes = new Set(
  `1 yes y true t on positive won converted ja j wahr oui o vrai sí si s verdadero vero sim verdadeiro tak prawda ano да
  истина evet igen kyllä はい 是 真 有 对 예`.split(/\s+/),
)
/** Words for no. */
const no = new Set(
  `0 -1 no n false f off negative lost nein falsch non faux nee nej falso não nao nie fałsz ne нет ложь hayır nem ei
  いいえ 否 假 无 错 아니요`.split(/\s+/),
)

export function meansYes(name: string): boolean {
  return yes.has(name.toLowerCase())
}

export function meansNo(name: string): boolean {
  return no.has(name.toLowerCase())
}

/** Returns whether all names are words for yes or no, in any case. */
export function areTruthWords(names: readonly string[]): boolean {
  return names.every((name) => meansYes(name) || meansNo(name))
}

/** A spelled-out word, as opposed to a single letter that may stand for something else. */
const spelled = /^(?:[01]|..+|[^\0-\x7f])$/su

/**
 * Returns whether names are different words for yes or no, as in joined files of two programs: `1` beside `true`, `y`
 * beside `yes`. A single letter counts only beside the word that it abbreviates.
 */
export function areMixedTruthWords(names: readonly string[]): boolean {
  const small = [...new Set(names.map((name) => name.toLowerCase()))]
  const words = small.filter((name) => spelled.test(name))
  return (
    small.length > 2 &&
    areTruthWords(small) &&
    words.some(meansYes) &&
    words.some(meansNo) &&
    small.every((name) => spelled.test(name) || words.some((word) => word.startsWith(name)))
  )
}

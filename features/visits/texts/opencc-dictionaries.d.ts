declare module 'opencc-js/dict/TSCharacters' {
  /** `traditional simplified`, parted by `|`. */
  const pairs: string
  export default pairs
}

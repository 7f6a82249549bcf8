;; Inner loops of boosting, used by `histogram.ts`. `node generators/compile-histogram.ts` writes `histogram-module.ts`.
;;
;; Sums are integers, so that they do not depend on the order of addition. Each row has 16 bytes: its first derivative,
;; and its second derivative with a row count of one in the lowest bits, both in units that leave room for the sum of
;; all rows. A bin of a histogram is the sum of its rows' 16 bytes.
(module
  (import "memory" "memory" (memory 1))

  ;; Packs the derivatives of `count` rows, two f32 each at `from`, into 16 bytes each at `to`.
  (func (export "pack") (param $from i32) (param $count i32) (param $first f64) (param $second f64) (param $bits i64)
    (param $to i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 3))))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (i64.store (local.get $to)
          (i64.trunc_sat_f64_s (f64.nearest (f64.mul (f64.promote_f32 (f32.load (local.get $from))) (local.get $first)))))
        (i64.store offset=8 (local.get $to)
          (i64.add
            (i64.shl
              (i64.trunc_sat_f64_s
                (f64.nearest (f64.mul (f64.promote_f32 (f32.load offset=4 (local.get $from))) (local.get $second))))
              (local.get $bits))
            (i64.const 1)))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $rows))))

  ;; Adds the rows `rows[begin]` to `rows[end − 1]` (addresses of i32) to the bins of four features, which begin at
  ;; `first` to `fourth`. `cells`: row after row, a byte for each of the four. The bins of four features fit into the L1
  ;; cache.
  (func (export "fill") (param $cells i32) (param $packed i32) (param $begin i32) (param $end i32)
    (param $first i32) (param $second i32) (param $third i32) (param $fourth i32)
    (local $row i32) (local $bins i32) (local $at i32) (local $sums v128)
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $begin) (local.get $end)))
        (local.set $row (i32.load (local.get $begin)))
        (local.set $sums (v128.load (i32.add (local.get $packed) (i32.shl (local.get $row) (i32.const 4)))))
        (local.set $bins (i32.load (i32.add (local.get $cells) (i32.shl (local.get $row) (i32.const 2)))))
        (local.set $at
          (i32.add (local.get $first) (i32.and (i32.shl (local.get $bins) (i32.const 4)) (i32.const 0xff0))))
        (v128.store (local.get $at) (i64x2.add (v128.load (local.get $at)) (local.get $sums)))
        (local.set $at
          (i32.add (local.get $second) (i32.and (i32.shr_u (local.get $bins) (i32.const 4)) (i32.const 0xff0))))
        (v128.store (local.get $at) (i64x2.add (v128.load (local.get $at)) (local.get $sums)))
        (local.set $at
          (i32.add (local.get $third) (i32.and (i32.shr_u (local.get $bins) (i32.const 12)) (i32.const 0xff0))))
        (v128.store (local.get $at) (i64x2.add (v128.load (local.get $at)) (local.get $sums)))
        (local.set $at
          (i32.add (local.get $fourth) (i32.and (i32.shr_u (local.get $bins) (i32.const 20)) (i32.const 0xff0))))
        (v128.store (local.get $at) (i64x2.add (v128.load (local.get $at)) (local.get $sums)))
        (local.set $begin (i32.add (local.get $begin) (i32.const 4)))
        (br $rows))))

  ;; Adds the 16 bytes of the given rows to `into`.
  (func (export "sum") (param $packed i32) (param $begin i32) (param $end i32) (param $into i32)
    (local $sums v128)
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $begin) (local.get $end)))
        (local.set $sums
          (i64x2.add (local.get $sums)
            (v128.load (i32.add (local.get $packed) (i32.shl (i32.load (local.get $begin)) (i32.const 4))))))
        (local.set $begin (i32.add (local.get $begin) (i32.const 4)))
        (br $rows)))
    (v128.store (local.get $into) (local.get $sums)))

  ;; Subtracts the bins of one histogram from another's.
  (func (export "subtract") (param $from i32) (param $end i32) (param $taken i32)
    (block $done
      (loop $bins
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $from) (i64x2.sub (v128.load (local.get $from)) (v128.load (local.get $taken))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $taken (i32.add (local.get $taken) (i32.const 16)))
        (br $bins))))

  ;; Writes each bin as three f64: gradient sum, hessian sum, row count.
  (func (export "unpack") (param $from i32) (param $end i32) (param $first f64) (param $second f64) (param $bits i64)
    (param $to i32)
    (local $both i64) (local $mask i64)
    (local.set $mask (i64.sub (i64.shl (i64.const 1) (local.get $bits)) (i64.const 1)))
    (block $done
      (loop $bins
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (f64.store (local.get $to) (f64.mul (f64.convert_i64_s (i64.load (local.get $from))) (local.get $first)))
        (local.set $both (i64.load offset=8 (local.get $from)))
        (f64.store offset=8 (local.get $to)
          (f64.mul (f64.convert_i64_s (i64.shr_s (local.get $both) (local.get $bits))) (local.get $second)))
        (f64.store offset=16 (local.get $to)
          (f64.convert_i64_u (i64.and (local.get $both) (local.get $mask))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 24)))
        (br $bins)))))

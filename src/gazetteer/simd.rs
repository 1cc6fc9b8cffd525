//! The same code compiled twice: for any processor, and for those with AVX2, which are most.

/// What a processor does in its own way.
pub(super) trait Simd: Copy {
    /// The bytes whose highest bit is set, as a set.
    fn high_bits(self, bytes: &[u8; 64]) -> u64;
}

/// Something that is done as fast as the processor can. All that it calls has to be inlined, always.
pub(super) trait Work {
    type Output;
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// Does it.
pub(super) fn dispatch<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(On { work, simd });
    }
    work.run(Any)
}

/// Any processor.
#[derive(Clone, Copy)]
struct Any;

impl Simd for Any {
    #[inline(always)]
    fn high_bits(self, bytes: &[u8; 64]) -> u64 {
        let (eights, _) = bytes.as_chunks::<8>();
        eights.iter().rev().fold(0, |set, eight| {
            let ones = u64::from_le_bytes(*eight) >> 7 & 0x0101_0101_0101_0101;
            // The product moves bit 8i to bit 56 + i.
            set << 8 | ones.wrapping_mul(0x0102_0408_1020_4080) >> 56
        })
    }
}

#[cfg(target_arch = "x86_64")]
struct On<W> {
    work: W,
    simd: pulp::x86::V3,
}

#[cfg(target_arch = "x86_64")]
impl<W: Work> pulp::NullaryFnOnce for On<W> {
    type Output = W::Output;

    #[inline(always)]
    fn call(self) -> W::Output {
        self.work.run(self.simd)
    }
}

#[cfg(target_arch = "x86_64")]
impl Simd for pulp::x86::V3 {
    #[inline(always)]
    fn high_bits(self, bytes: &[u8; 64]) -> u64 {
        let (halves, _) = bytes.as_chunks::<32>();
        halves.iter().rev().fold(0, |set, half| {
            let bits = self.avx2._mm256_movemask_epi8(pulp::cast(*half));
            set << 32 | u64::from(bits as u32)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct HighBits([u8; 64]);

    impl Work for HighBits {
        type Output = u64;
        fn run<S: Simd>(self, simd: S) -> u64 {
            simd.high_bits(&self.0)
        }
    }

    proptest! {
        #[test]
        fn every_processor_sees_the_same(bytes in prop::collection::vec(any::<u8>(), 64)) {
            let bytes = <[u8; 64]>::try_from(bytes).expect("as many");
            let plain = bytes.iter().rev().fold(0, |set, byte| set << 1 | u64::from(byte >> 7));
            prop_assert_eq!(dispatch(HighBits(bytes)), plain);
            prop_assert_eq!(Any.high_bits(&bytes), plain);
        }
    }
}

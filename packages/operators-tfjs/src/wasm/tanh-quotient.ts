/** tanh x = x p(x^2) / q(x^2) up to this |x|, and 1 in float32 beyond; Eigen's `ptanh` for float32. */
export const TANH_LIMIT = 9;

/** The coefficients of p, from that of the constant on. */
export const TANH_NUMERATOR = [
  4.89352455891786e-3, 6.37261928875436e-4, 1.48572235717979e-5, 5.12229709037114e-8, -8.60467152213735e-11,
  2.00018790482477e-13, -2.76076847742355e-16,
] as const;

/** The coefficients of q. */
export const TANH_DENOMINATOR = [
  4.89352518554385e-3, 2.268434632439e-3, 1.18534705686654e-4, 1.19825839466702e-6,
] as const;

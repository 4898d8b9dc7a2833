"""The share image: two bars on one scale, such as what is claimed and measured, in a picture of 1200 × 630 pixels.

It is laid out as shapes and then drawn. Text is wrapped and made smaller until it fits; none is ever cut. The same
words give the same bytes.
"""

from calculator.share_image.drawing import draw_share_image

__all__ = ["draw_share_image"]

"""What a meeting of the casebook is made into: values in words, without fonts, for screen and papers alike."""

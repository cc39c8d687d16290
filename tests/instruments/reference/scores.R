# Scores of the answers beside this file by R, from keys typed here and not read from the definitions. Writes scores.json:
#   Rscript scores.R            (in this folder; R 4.2.2, psych 2.2.9, jsonlite)
# Items are numbered as in the instrument; a minus reverses (psych::reverse.code). `most` items may be missing; what is there
# stands for the rest: rowMeans(x, na.rm = TRUE), for a sum times the number of items.
suppressMessages({library(psych); library(jsonlite)})
options(digits = 17)

one <- function(x, key, low, high, method, most, factor = 1) {
  x <- as.matrix(x[, abs(key), drop = FALSE])
  x <- reverse.code(keys = sign(key), items = x, mini = rep(low, length(key)), maxi = rep(high, length(key)))
  score <- rowMeans(x, na.rm = TRUE) * factor * if (method == "sum") length(key) else 1
  score[rowSums(is.na(x)) > most] <- NA
  unname(score)
}
all_of <- function(file, low, high, method, scales, most, factor = 1) {
  x <- read.csv(paste0("answers-", file, ".csv"))[, -1]
  out <- list()
  for (s in names(scales)) out[[s]] <- one(x, scales[[s]], low, high, method, if (length(most) > 1) most[[s]] else most, factor)
  out
}

result <- list(
  "gses@1995" = all_of("gses@1995", 1, 4, "mean", list(total = 1:10), 3),
  "who-5@1998" = all_of("who-5@1998", 0, 5, "sum", list(total = 1:5), 1, 4),
  "mbi-gs@15-zh" = all_of("mbi-gs@15-zh", 0, 6, "mean", list(ee = 1:5, dp = 6:9, pa = -(10:15)), c(ee = 1, dp = 0, pa = 1)),
  "mbi-gs@16" = all_of("mbi-gs@16", 0, 6, "mean",
    list(ex = c(1, 2, 3, 4, 6), cy = c(8, 9, 13, 14, 15), pe = c(5, 7, 10, 11, 12, 16)), 1),
  "mbi-hss@22" = all_of("mbi-hss@22", 0, 6, "sum", list(ee = c(1, 2, 3, 6, 8, 13, 14, 16, 20), dp = c(5, 10, 11, 15, 22),
    pa = c(4, 7, 9, 12, 17, 18, 19, 21)), 1),
  "jse@hp" = all_of("jse@hp", 1, 7, "sum", list(total = c(-1, 2, -3, 4, 5, -6, -7, -8, 9, 10, -11, -12, 13, -14, 15, 16, 17, -18, -19, 20)), 4),
  "iri@28" = all_of("iri@28", 0, 4, "sum", list(pt = c(-3, 8, 11, -15, 21, 25, 28), fs = c(1, 5, -7, -12, 16, 23, 26),
    ec = c(2, -4, 9, -14, -18, 20, 22), pd = c(6, 10, -13, 17, -19, 24, 27)), 1),
  "iri-c@22" = all_of("iri-c@22", 0, 4, "sum", list(pt = c(6, 9, 15, 19, 22), fs = c(3, -5, -10, 12, 17, 20),
    ec = c(1, -2, 7, -11, -14, 16), pd = c(4, 8, 13, 18, 21)), 1),
  "pss@10" = all_of("pss@10", 0, 4, "sum", list(total = c(1, 2, 3, -4, -5, 6, -7, -8, 9, 10)), 2),
  "cbi@2005" = all_of("cbi@2005", 0, 100, "mean", list(personal = 1:6, work = c(7:12, -13), client = 14:19), 3),
  "olbi@16" = all_of("olbi@16", 1, 4, "sum", list(exhaustion = c(-2, -4, 5, -8, 10, -12, 14, 16),
    disengagement = c(1, -3, -6, 7, -9, -11, 13, 15), total = c(1, -2, -3, -4, 5, -6, 7, -8, -9, 10, -11, -12, 13, 14, 15, 16)),
    c(exhaustion = 1, disengagement = 1, total = 3)),
  "proqol@5" = all_of("proqol@5", 1, 5, "sum", list(satisfaction = c(3, 6, 12, 16, 18, 20, 22, 24, 27, 30),
    burnout = c(-1, -4, 8, 10, -15, -17, 19, 21, 26, -29), trauma = c(2, 5, 7, 9, 11, 13, 14, 23, 25, 28)), 2),
  "psss@12" = all_of("psss@12", 1, 7, "sum", list(family = c(3, 4, 8, 11), friends = c(6, 7, 9, 12), other = c(1, 2, 5, 10), total = 1:12),
    c(family = 0, friends = 0, other = 0, total = 2)),
  "ssrs@1994" = all_of("ssrs@1994", 1, 4, "sum", list(objective = c(2, 10, 11), subjective = c(1, 3, 4, 5, 6, 7, 8, 9), use = 12:14, total = 1:14), 0)
)
target <- if (length(commandArgs(TRUE))) commandArgs(TRUE)[1] else "scores.json"
write_json(result, target, digits = NA, na = "null", pretty = FALSE)

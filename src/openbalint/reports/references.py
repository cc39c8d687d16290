"""The sources of the methods, cited by key. Titles stay in the language in which they were published."""

SOURCES = {
    "paired": "Student. The probable error of a mean. Biometrika 1908;6(1):1–25.",
    "anova": "Fisher RA. Statistical methods for research workers. Edinburgh: Oliver and Boyd; 1925.",
    "welch": "Welch BL. On the comparison of several mean values: an alternative approach. Biometrika 1951;38(3/4):330–336.",
    "kruskal": "Kruskal WH, Wallis WA. Use of ranks in one-criterion variance analysis. Journal of the American Statistical Association 1952;47(260):583–621.",
    "newman": "Newman D. The distribution of range in samples from a normal population, expressed in terms of an independent estimate of standard deviation. Biometrika 1939;31(1/2):20–30.",
    "keuls": "Keuls M. The use of the “studentized range” in connection with an analysis of variance. Euphytica 1952;1:112–122.",
    "kramer": "Kramer CY. Extension of multiple range tests to group means with unequal numbers of replications. Biometrics 1956;12(3):307–310.",
    "tukey": "Tukey JW. Comparing individual means in the analysis of variance. Biometrics 1949;5(2):99–114.",
    "dunnett": "Dunnett CW. A multiple comparison procedure for comparing several treatments with a control. Journal of the American Statistical Association 1955;50(272):1096–1121.",
    "letters": "Piepho HP. An algorithm for a letter-based representation of all-pairwise comparisons. Journal of Computational and Graphical Statistics 2004;13(2):456–466.",
    "ancova": "Vickers AJ, Altman DG. Analysing controlled trials with baseline and follow up measurements. BMJ 2001;323(7321):1123–1124.",
    "hedges": "Hedges LV. Distribution theory for Glass’s estimator of effect size and related estimators. Journal of Educational Statistics 1981;6(2):107–128.",
    "holm": "Holm S. A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 1979;6(2):65–70.",
    "pearson": "Pearson K. On the criterion that a given system of deviations from the probable in the case of a correlated system of variables is such that it can be reasonably supposed to have arisen from random sampling. Philosophical Magazine 1900;50(302):157–175.",
    "fisher": "Freeman GH, Halton JH. Note on an exact treatment of contingency, goodness of fit and other problems of significance. Biometrika 1951;38(1/2):141–149.",
    "groups": "Candlish J, Teare MD, Dimairo M, Flight L, Mandefield L, Walters SJ. Appropriate statistical methods for analysing partially nested randomised controlled trials with continuous outcomes: a simulation study. BMC Medical Research Methodology 2018;18:105.",
}
